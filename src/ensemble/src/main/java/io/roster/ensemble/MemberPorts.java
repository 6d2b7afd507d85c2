package io.roster.ensemble;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import io.roster.ensemble.MemberStartException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a member, tried before ZooKeeper takes them. ZooKeeper itself notices a
 * taken election port only in a log, after three tries, and a taken quorum port when it
 * has won an election.
 */
final class MemberPorts {

	private MemberPorts() {
	}

	static void requireFree(MemberConfig config) {
		requireFree("client port (clientPort)", config.client());
		ServerEntry self = config.self();
		if (self != null) {
			requireFree("quorum port (the first of server." + self.id() + ")", self.quorum());
			requireFree("election port (the second of server." + self.id() + ")", self.election());
		}
	}

	private static void requireFree(String what, MemberAddress address) {
		InetSocketAddress socketAddress = address.resolve();
		if (socketAddress.isUnresolved()) {
			throw unusable(what, address, "its name is not known", null);
		}
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(socketAddress);
		}
		catch (BindException ex) {
			throw bindFailed(what, address, ex);
		}
		catch (IOException ex) {
			throw unusable(what, address, ex.toString(), ex);
		}
	}

	/**
	 * Explains a port that could not be had: with a holder or without an own address in
	 * the way, it is in use.
	 */
	static MemberStartException bindFailed(String what, MemberAddress address, BindException ex) {
		String message = String.valueOf(ex.getMessage());
		if (message.contains("assign requested address")) {
			return unusable(what, address, "it is not an address of this host", ex);
		}
		if (message.contains("ermission denied")) {
			return unusable(what, address, "ports below 1024 need a privilege that this user lacks", ex);
		}
		String holder = PortHolder.of(address.port()).map((process) -> " by " + process).orElse("");
		return new MemberStartException(Reason.PORT_IN_USE, "Port " + address.port() + ", the " + what + " at "
				+ address + ", is in use" + holder + ": stop what listens there, or give this member another port", ex);
	}

	private static MemberStartException unusable(String what, MemberAddress address, String why,
			@Nullable Throwable cause) {
		return new MemberStartException(Reason.ADDRESS_UNUSABLE,
				"The member cannot listen on " + address + ", its " + what + " (" + why + "): correct the address",
				cause);
	}

}
