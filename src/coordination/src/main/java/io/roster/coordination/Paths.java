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

	/** A path as the ensemble has it, of a client that sees the chroot as its root. */
	static String under(String chroot, String path) {
		return (path.equals("/") && !chroot.isEmpty()) ? chroot : chroot + path;
	}

	static boolean isBelow(String root, String path) {
		return path.startsWith(root.equals("/") ? root : root + '/') && path.length() > root.length();
	}

	static String child(String parent, String name) {
		return parent.equals("/") ? parent + name : parent + '/' + name;
	}

}
