package io.roster.discovery.spring;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionFailureTests {

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "PATCH" })
	void aRequestThatWasNeverSentMayGoToAnotherWhateverItIs(String method) {
		ConnectionFailure refused = ConnectionFailure.of(new RuntimeException(new ConnectException("refused")));
		assertThat(refused).isEqualTo(ConnectionFailure.NEVER_SENT);
		assertThat(refused.allowsAnother(HttpMethod.valueOf(method))).isTrue();
		assertThat(ConnectionFailure.of(new HttpConnectTimeoutException("connect"))).isEqualTo(refused);
	}

	@Test
	void aRequestThatMayHaveBeenCarriedOutGoesToAnotherOnlyIfItIsIdempotent() {
		ConnectionFailure reset = ConnectionFailure.of(new IOException(new SocketException("reset")));
		assertThat(reset).isEqualTo(ConnectionFailure.NO_ANSWER);
		assertThat(reset.allowsAnother(HttpMethod.GET)).isTrue();
		assertThat(reset.allowsAnother(HttpMethod.PUT)).isTrue();
		assertThat(reset.allowsAnother(HttpMethod.POST)).isFalse();
	}

	@Test
	void aTimeoutOrAnInterruptIsTheCallers() {
		assertThat(ConnectionFailure.of(new HttpTimeoutException("slow"))).isEqualTo(ConnectionFailure.OTHER);
		assertThat(ConnectionFailure.of(new SocketTimeoutException("slow"))).isEqualTo(ConnectionFailure.OTHER);
		assertThat(ConnectionFailure.of(new IOException(new InterruptedException())))
			.isEqualTo(ConnectionFailure.OTHER);
		assertThat(ConnectionFailure.OTHER.allowsAnother(HttpMethod.GET)).isFalse();
	}

	@Test
	void aFailureOfTheApplicationSaysNothingAboutTheConnection() {
		assertThat(ConnectionFailure.of(new IllegalStateException("bad"))).isEqualTo(ConnectionFailure.OTHER);
		assertThat(ConnectionFailure.of(null)).isEqualTo(ConnectionFailure.OTHER);
	}

}
