package io.roster.coordination;

/** Parts of absolute znode paths. */
final class Paths {

	private Paths() {
	}

	static String parent(String path) {
		int slash = path.lastIndexOf('/');
		return (slash > 0) ? path.substring(0, slash) : "/";
	}

	static String name(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	static String child(String parent, String name) {
		return parent.equals("/") ? parent + name : parent + '/' + name;
	}

}
