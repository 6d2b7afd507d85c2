package io.roster.registry.dns;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Answers queries from the directory: authoritative for one zone, and for nothing else.
 * Only instances that are UP are told. Blocks nowhere; safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035">RFC 1035</a>,
 * <a href="https://www.rfc-editor.org/rfc/rfc2782">RFC 2782 (SRV)</a>,
 * <a href="https://www.rfc-editor.org/rfc/rfc2308">RFC 2308 (negative answers)</a>,
 * <a href="https://www.rfc-editor.org/rfc/rfc6891">RFC 6891 (EDNS)</a>
 */
@Slf4j
final class DnsAnswers {

	/** That of the DNS flag day 2020: no fragments. */
	private static final int LARGEST_UDP = 1232;

	private static final int SMALLEST_UDP = 512;

	static final int LARGEST_TCP = 65_535;

	/** With their addresses they fit into 64 kB. */
	private static final int MOST_INSTANCES = 500;

	private static final int HOUR = 3600;

	private final Directory directory;

	private final Name zone;

	private final DnsQuestion questions;

	private final long ttl;

	private final SOARecord soa;

	DnsAnswers(Directory directory, DnsProperties properties) {
		this.directory = directory;
		this.ttl = properties.ttl().toSeconds();
		try {
			this.zone = Name.fromString(properties.zone());
			this.soa = new SOARecord(this.zone, DClass.IN, this.ttl, this.zone,
					Name.fromString("hostmaster", this.zone), 1, HOUR, HOUR, HOUR, this.ttl);
		}
		catch (TextParseException ex) {
			throw new IllegalArgumentException(
					"roster.dns.zone must be a name of DNS, and not '" + properties.zone() + "'", ex);
		}
		this.questions = new DnsQuestion(directory, this.zone);
	}

	/**
	 * Answers a query that came by UDP.
	 * @param query what was received
	 * @return the answer, cut off and marked so (TC) where the asker takes less;
	 * {@code null} for what is to be ignored
	 */
	byte @Nullable [] udp(byte[] query) {
		Message read = read(query);
		if (read == null) {
			return null;
		}
		OPTRecord edns = read.getOPT();
		int takes = (edns != null) ? Math.max(SMALLEST_UDP, Math.min(edns.getPayloadSize(), LARGEST_UDP))
				: SMALLEST_UDP;
		return answer(read).toWire(takes);
	}

	/**
	 * Answers a query that came by TCP.
	 * @param query what was received
	 * @return the answer; {@code null} for what is to be ignored
	 */
	byte @Nullable [] tcp(byte[] query) {
		Message read = read(query);
		return (read != null) ? answer(read).toWire(LARGEST_TCP) : null;
	}

	/** What cannot be read, and what is an answer, is not answered. */
	private static @Nullable Message read(byte[] query) {
		try {
			Message read = new Message(query);
			return read.getHeader().getFlag(Flags.QR) ? null : read;
		}
		catch (IOException ex) {
			log.debug("no query of DNS", ex);
			return null;
		}
	}

	private Message answer(Message query) {
		Header asked = query.getHeader();
		Message answer = new Message(asked.getID());
		answer.getHeader().setFlag(Flags.QR);
		answer.getHeader().setOpcode(asked.getOpcode());
		if (asked.getFlag(Flags.RD)) {
			answer.getHeader().setFlag(Flags.RD);
		}
		Record question = query.getQuestion();
		if (question != null) {
			answer.addRecord(question, Section.QUESTION);
		}
		OPTRecord edns = query.getOPT();
		if (edns != null && edns.getVersion() != 0) {
			// BADVERS is 16: its upper bits stand in the OPT record, and the lower ones
			// are
			// those of NOERROR.
			answer.addRecord(new OPTRecord(LARGEST_UDP, 1, 0), Section.ADDITIONAL);
			return answer;
		}
		answer.getHeader().setRcode(fill(answer, asked, question));
		if (edns != null) {
			answer.addRecord(new OPTRecord(LARGEST_UDP, 0, 0), Section.ADDITIONAL);
		}
		return answer;
	}

	private int fill(Message answer, Header asked, @Nullable Record question) {
		if (asked.getOpcode() != Opcode.QUERY) {
			return Rcode.NOTIMP;
		}
		if (question == null || asked.getCount(Section.QUESTION) != 1) {
			return Rcode.FORMERR;
		}
		boolean ours = question.getName().subdomain(this.zone) && question.getDClass() == DClass.IN
				&& question.getType() != Type.AXFR && question.getType() != Type.IXFR;
		if (!ours) {
			return Rcode.REFUSED;
		}
		if (!this.directory.services().loaded()) {
			return Rcode.SERVFAIL;
		}
		answer.getHeader().setFlag(Flags.AA);
		Optional<DnsQuestion.Found> found = this.questions.find(question.getName());
		found.ifPresent((each) -> records(answer, question, each));
		if (answer.getSection(Section.ANSWER).isEmpty()) {
			answer.addRecord(this.soa, Section.AUTHORITY);
		}
		return found.isPresent() ? Rcode.NOERROR : Rcode.NXDOMAIN;
	}

	private void records(Message answer, Record question, DnsQuestion.Found found) {
		Name name = question.getName();
		int type = question.getType();
		List<Instance> up = new ArrayList<>(
				found.instances().stream().filter(Instance::routable).limit(MOST_INSTANCES).toList());
		// Who takes the first one takes another one each time.
		Collections.shuffle(up);
		boolean any = type == Type.ANY;
		if (name.equals(this.zone)) {
			if (type == Type.SOA || any) {
				answer.addRecord(this.soa, Section.ANSWER);
			}
			return;
		}
		if (type == Type.A || type == Type.AAAA || any) {
			Map<String, Record> distinct = new LinkedHashMap<>();
			up.forEach((instance) -> address(name, instance).filter((record) -> any || record.getType() == type)
				.ifPresent((record) -> distinct.putIfAbsent(record.rdataToString(), record)));
			distinct.values().forEach((record) -> answer.addRecord(record, Section.ANSWER));
		}
		if ((type == Type.SRV || any) && found.service()) {
			up.forEach((instance) -> service(answer, name, instance));
		}
	}

	private void service(Message answer, Name name, Instance instance) {
		Name target = target(instance);
		Integer port = instance.port();
		if (target == null || port == null) {
			return;
		}
		answer.addRecord(new SRVRecord(name, DClass.IN, this.ttl, 0, instance.weight(), port, target), Section.ANSWER);
		if (target.subdomain(this.zone)) {
			address(target, instance).ifPresent((record) -> answer.addRecord(record, Section.ADDITIONAL));
		}
	}

	/** An address that is a name stands for itself; the others get names of their own. */
	private @Nullable Name target(Instance instance) {
		String address = instance.address();
		if (address == null) {
			return null;
		}
		try {
			if (literal(address).isEmpty()) {
				return Name.fromString(address.endsWith(".") ? address : address + ".");
			}
			Name service = this.zone;
			String rest = instance.name();
			for (int dot = rest.lastIndexOf('.'); dot >= 0; dot = rest.lastIndexOf('.')) {
				service = prepend(rest.substring(dot + 1), service);
				rest = rest.substring(0, dot);
			}
			service = prepend(rest, service);
			return prepend(instance.id(), service);
		}
		catch (TextParseException ex) {
			// A service whose name does not fit into DNS is not in it.
			log.debug("{} has no name in DNS", instance.path(), ex);
			return null;
		}
	}

	private static Name prepend(String label, Name above) throws TextParseException {
		StringBuilder escaped = new StringBuilder();
		for (byte each : label.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)) {
			int code = each & 0xff;
			boolean plain = (code < 0x80 && Character.isLetterOrDigit(code)) || code == '-' || code == '_';
			escaped.append(plain ? Character.toString(code) : "\\%03d".formatted(code));
		}
		try {
			return Name.concatenate(Name.fromString(escaped.toString()), above);
		}
		catch (NameTooLongException ex) {
			throw new TextParseException(label, "too long");
		}
	}

	private Optional<Record> address(Name name, Instance instance) {
		return Optional.ofNullable(instance.address())
			.flatMap(DnsAnswers::literal)
			.map((address) -> (address instanceof Inet4Address) ? new ARecord(name, DClass.IN, this.ttl, address)
					: new AAAARecord(name, DClass.IN, this.ttl, address));
	}

	/** Asks nobody. */
	private static Optional<InetAddress> literal(String address) {
		try {
			return Optional.of(Address.getByAddress(address));
		}
		catch (UnknownHostException ex) {
			return Optional.empty();
		}
	}

}
