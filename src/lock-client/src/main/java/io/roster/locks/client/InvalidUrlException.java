package io.roster.locks.client;

/**
 * What was given as the URL of a lock service is none that can be asked.
 */
public final class InvalidUrlException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String url;

	InvalidUrlException(String url) {
		super("the base URL of a lock service has a scheme (http or https) and a host, such as http://127.0.0.1:8770, "
				+ "and no query; this is '" + url + "'");
		this.url = url;
	}

	/**
	 * What was given.
	 * @return the text
	 */
	public String url() {
		return this.url;
	}

}
