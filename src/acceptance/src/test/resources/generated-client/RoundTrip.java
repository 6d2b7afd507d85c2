import java.time.Duration;
import java.util.Map;

import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.ServicesApi;
import org.openapitools.client.model.Instance;
import org.openapitools.client.model.RegisteredInstance;
import org.openapitools.client.model.Registration;
import org.openapitools.client.model.ServiceView;

/**
 * Registers, beats, looks and goes, with nothing but what the generator has made.
 */
public class RoundTrip {

	private static final String SERVICE = "generated";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ServicesApi services;

	RoundTrip(ServicesApi services) {
		this.services = services;
	}

	public static void main(String[] args) throws ApiException {
		ApiClient client = new ApiClient();
		client.updateBaseUri(args[0]);
		new RoundTrip(new ServicesApi(client)).run();
		System.out.println("round trip done");
	}

	private void run() throws ApiException {
		Registration registration = new Registration().address("10.0.0.7")
			.port(8080)
			.metadata(Map.of("made", "yes"))
			.ttl("120s");
		RegisteredInstance registered = this.services.registrationRegister(SERVICE, registration);
		require("120s".equals(registered.getTtl()), registered);
		RegisteredInstance kept = this.services.registrationHeartbeat(SERVICE, registered.getId());
		require(kept.getId().equals(registered.getId()) && kept.getExpiresInMs() > 0, kept);
		Instance listed = find(await(registered.getId(), true), registered.getId());
		require("10.0.0.7".equals(listed.getAddress()) && listed.getPort() == 8080 && "UP".equals(listed.getStatus())
				&& Map.of("made", "yes").equals(listed.getMetadata()), listed);
		this.services.registrationDeregister(SERVICE, registered.getId());
		await(registered.getId(), false);
		try {
			throw new IllegalStateException(
					"still kept: " + this.services.registrationHeartbeat(SERVICE, registered.getId()));
		}
		catch (ApiException ex) {
			require(ex.getCode() == 410, ex);
		}
	}

	/** By the blocking query: it answers when the list is not that of the revision. */
	private ServiceView await(String id, boolean wanted) throws ApiException {
		long begin = System.nanoTime();
		ServiceView view = this.services.servicesService(SERVICE, null, null);
		while ((find(view, id) != null) != wanted) {
			require(System.nanoTime() - begin < PATIENCE.toNanos(), view);
			view = this.services.servicesService(SERVICE, view.getRevision(), "5s");
		}
		return view;
	}

	private static Instance find(ServiceView view, String id) {
		return view.getInstances().stream().filter((each) -> id.equals(each.getId())).findFirst().orElse(null);
	}

	private static void require(boolean kept, Object answer) {
		if (!kept) {
			throw new IllegalStateException("not as expected: " + answer);
		}
	}

}
