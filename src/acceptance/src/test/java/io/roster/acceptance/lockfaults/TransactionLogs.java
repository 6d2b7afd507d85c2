package io.roster.acceptance.lockfaults;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.jute.BinaryInputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.server.persistence.FileTxnLog;
import org.apache.zookeeper.server.persistence.TxnLog;
import org.apache.zookeeper.txn.CreateContainerTxn;
import org.apache.zookeeper.txn.CreateTxn;
import org.apache.zookeeper.txn.DeleteTxn;
import org.apache.zookeeper.txn.MultiTxn;
import org.apache.zookeeper.txn.Txn;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the members have logged: every change of every queue, in the one order in which
 * they happened, whoever saw it. Read when the members are stopped.
 */
final class TransactionLogs {

	/** The key of the number of an acquire in the metadata of its lease. */
	static final String ACQUISITION = "acquisition";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final String root;

	private final Map<String, Place> standing = new HashMap<>();

	private final List<Place> places = new ArrayList<>();

	private TransactionLogs(String root) {
		this.root = root + "/";
	}

	/**
	 * Reads all places below the root of the locks.
	 * @param members the folders with the members' logs
	 */
	static List<Place> places(String root, List<Path> members) throws IOException {
		TreeMap<Long, List<Record>> transactions = new TreeMap<>();
		for (Path member : members) {
			read(member, transactions);
		}
		TransactionLogs logs = new TransactionLogs(root);
		transactions.forEach((zxid, copies) -> {
			// What only one member has was never committed.
			if (copies.size() * 2 > members.size()) {
				logs.apply(zxid, copies.get(0));
			}
		});
		logs.places.addAll(logs.standing.values());
		return logs.places;
	}

	private static void read(Path member, Map<Long, List<Record>> transactions) throws IOException {
		FileTxnLog log = new FileTxnLog(member.toFile());
		try (TxnLog.TxnIterator each = log.read(1)) {
			while (each.getHeader() != null) {
				// A session that begins or ends has a record, or none, of no interest.
				if (each.getTxn() != null) {
					transactions.computeIfAbsent(each.getHeader().getZxid(), (zxid) -> new ArrayList<>())
						.add(each.getTxn());
				}
				if (!each.next()) {
					break;
				}
			}
		}
		finally {
			log.close();
		}
	}

	private void apply(long zxid, Record transaction) {
		if (transaction instanceof CreateTxn create) {
			created(zxid, create);
		}
		else if (transaction instanceof DeleteTxn delete) {
			deleted(zxid, delete.getPath());
		}
		else if (transaction instanceof MultiTxn multi
				&& multi.getTxns().stream().noneMatch((part) -> part.getType() == OpCode.error)) {
			multi.getTxns().forEach((part) -> apply(zxid, part));
		}
	}

	private void apply(long zxid, Txn part) {
		if (part.getType() == OpCode.create || part.getType() == OpCode.create2) {
			apply(zxid, parsed(part, new CreateTxn()));
		}
		else if (part.getType() == OpCode.createContainer) {
			apply(zxid, parsed(part, new CreateContainerTxn()));
		}
		else if (part.getType() == OpCode.delete || part.getType() == OpCode.deleteContainer) {
			apply(zxid, parsed(part, new DeleteTxn()));
		}
	}

	private static Record parsed(Txn part, Record empty) {
		try {
			empty.deserialize(BinaryInputArchive.getArchive(new ByteArrayInputStream(part.getData())), "txn");
			return empty;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("not a transaction: " + part, ex);
		}
	}

	private void created(long zxid, CreateTxn create) {
		String path = create.getPath();
		if (isPlace(path)) {
			int slash = path.lastIndexOf('/');
			this.standing.put(path, new Place(path.substring(this.root.length(), slash), path.substring(slash + 1),
					acquisition(create.getData()), zxid, Place.STANDS));
		}
	}

	/** The clients of a run write the numbers of their acquires into the metadata. */
	private static int acquisition(byte @Nullable [] data) {
		try {
			return (data != null) ? JSON.readTree(data).path("metadata").path(ACQUISITION).asInt(0) : 0;
		}
		catch (JacksonException ex) {
			// Somebody else's place.
			return 0;
		}
	}

	private void deleted(long zxid, String path) {
		Place place = this.standing.remove(path);
		if (place != null) {
			this.places.add(place.deletedBy(zxid));
		}
	}

	private boolean isPlace(String path) {
		return path.startsWith(this.root) && path.indexOf('/', this.root.length()) > 0;
	}

}
