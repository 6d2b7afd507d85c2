package io.roster.locks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.roster.coordination.ZnodeGrant;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records of what operators did, as znodes: the newest of them, written in the
 * transaction that does it, so that there is none without the other. Confined to the
 * replica's {@link Serial}.
 */
final class AuditStore {

	/** Where the records are, whatever the root of the locks is. */
	static final String ROOT = "/roster/audit";

	private static final Logger log = LoggerFactory.getLogger(AuditStore.class);

	private static final ObjectMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private final Operations operations;

	private final int kept;

	AuditStore(Operations operations, int kept) {
		this.operations = operations;
		this.kept = kept;
	}

	/** Does something and records it, or neither. */
	void transact(List<Op> deed, AuditRecord record, Consumer<Answer> then) {
		List<Op> ops = new ArrayList<>(deed);
		ops.add(Op.create(ROOT + "/record-", JSON.writeValueAsBytes(record), this.operations.acl(ZnodeGrant.PRIVATE),
				CreateMode.PERSISTENT_SEQUENTIAL));
		this.operations.createParents(ROOT + "/record", ZnodeGrant.PRIVATE, (made) -> {
			if (!made.done() && made.code() != Code.NODEEXISTS) {
				then.accept(made);
				return;
			}
			this.operations.transact(ROOT, ops, (answer) -> {
				if (answer.done()) {
					trim();
				}
				then.accept(answer);
			});
		});
	}

	private void trim() {
		this.operations.list(ROOT, (answer, names) -> {
			List<String> sorted = sorted(names);
			sorted.subList(0, Math.max(0, sorted.size() - this.kept))
				.forEach((name) -> this.operations.delete(ROOT + "/" + name, Operations.ANY, (deleted) -> {
				}));
		});
	}

	/**
	 * Reads all records.
	 * @param then takes them, or {@code null} with the failure
	 */
	void read(Consumer<List<AuditRecord>> then, Consumer<Answer> failed) {
		this.operations.list(ROOT, (answer, names) -> {
			if (answer.noNode() || names.isEmpty()) {
				if (answer.done() || answer.noNode()) {
					then.accept(List.of());
				}
				else {
					failed.accept(answer);
				}
				return;
			}
			List<AuditRecord> records = new ArrayList<>();
			int[] reads = { names.size() };
			for (String name : names) {
				this.operations.read(ROOT + "/" + name, (read) -> {
					AuditRecord record = parse(read);
					if (record != null) {
						records.add(record);
					}
					if (--reads[0] == 0) {
						then.accept(records);
					}
				});
			}
		});
	}

	private static @Nullable AuditRecord parse(Answer answer) {
		Stat stat = answer.stat();
		byte[] data = answer.data();
		return (answer.done() && stat != null && data != null) ? parse(answer.path(), data, stat.getCzxid()) : null;
	}

	/**
	 * Reads a record.
	 * @param path where it stands
	 * @param data what stands there
	 * @param czxid when it was written
	 * @return the record, or {@code null} if it is somebody else's data
	 */
	static @Nullable AuditRecord parse(String path, byte[] data, long czxid) {
		try {
			AuditRecord record = JSON.readValue(data, AuditRecord.class);
			return (record != null) ? record.at(czxid) : null;
		}
		catch (JacksonException ex) {
			log.warn("{} is no record of the audit trail: {}", path, new String(data, StandardCharsets.UTF_8), ex);
			return null;
		}
	}

	/** By the number that the ensemble has added. */
	private static List<String> sorted(List<String> names) {
		List<String> sorted = new ArrayList<>(names);
		Collections.sort(sorted);
		return sorted;
	}

}
