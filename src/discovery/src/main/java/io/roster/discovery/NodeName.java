package io.roster.discovery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The two parts of the name of a znode in the sequential layout: the service, and the
 * number that the ensemble appended.
 * <p>
 * ZooKeeper writes its signed 32-bit counter as {@code %010d}
 * ({@code PrepRequestProcessor}), so the suffix is ten digits. After 2^31 creates the
 * counter goes on at {@code -2147483648}: a minus sign belongs to the number when the ten
 * digits behind it do not start with a zero, so that {@code bike-0000000001} is number 1
 * of {@code bike-} and {@code bike-2147483648} is number -2147483648 of {@code bike}. A
 * name without such a suffix is a service as a whole.
 */
record NodeName(String service, @Nullable Integer sequence) {

	private static final Pattern SEQUENTIAL = Pattern.compile("(.+?)(-[12][0-9]{9}|[0-9]{10})");

	static NodeName parse(String node) {
		Matcher matcher = SEQUENTIAL.matcher(node);
		if (!matcher.matches()) {
			return new NodeName(node, null);
		}
		long number = Long.parseLong(matcher.group(2));
		if (number != (int) number) {
			return new NodeName(node, null);
		}
		return new NodeName(matcher.group(1), (int) number);
	}

}
