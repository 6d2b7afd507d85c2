package io.roster.lockservice.api;

import java.util.regex.Pattern;

import io.roster.lockservice.problem.InvalidRequestException;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a renewal, which may be left out.
 */
@Schema(name = "Renew", description = "What the holder knows. May be left out.")
record RenewBody(
		@Schema(description = "The token that the holder was given. A renewal that carries it is answered HELD "
				+ "as long as the lease lives.", example = "4294967311") @Nullable String fencingToken) {

	static final RenewBody EMPTY = new RenewBody(null);

	private static final Pattern DECIMAL = Pattern.compile("\\d{1,19}");

	@Nullable String checkedToken() {
		if (this.fencingToken != null && !DECIMAL.matcher(this.fencingToken).matches()) {
			throw new InvalidRequestException("fencingToken",
					"fencingToken is the decimal string of a HELD answer, and not '%s'.".formatted(this.fencingToken));
		}
		return this.fencingToken;
	}

}
