package io.roster.acceptance.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;

import io.fabric8.kubernetes.client.Config;

/**
 * What a file that KUBECONFIG names says of its current cluster.
 */
final class KubeConfig {

	private KubeConfig() {
	}

	static Config read(Path file) {
		try {
			Config config = Config.fromKubeconfig(file.toFile());
			byte[] certificate = certificate(config);
			if (certificate.length > 0) {
				// The client takes every key for one of RSA where it is not told.
				config.setClientKeyAlgo(CertificateFactory.getInstance("X.509")
					.generateCertificate(new ByteArrayInputStream(certificate))
					.getPublicKey()
					.getAlgorithm());
			}
			return config;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (CertificateException ex) {
			throw new IllegalStateException(file + " has a certificate that cannot be read", ex);
		}
	}

	private static byte[] certificate(Config config) throws IOException {
		if (config.getClientCertData() != null) {
			return Base64.getDecoder().decode(config.getClientCertData());
		}
		String file = config.getClientCertFile();
		return (file != null) ? Files.readAllBytes(Path.of(file)) : new byte[0];
	}

}
