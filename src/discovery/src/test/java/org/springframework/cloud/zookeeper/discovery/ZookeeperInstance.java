package org.springframework.cloud.zookeeper.discovery;

import java.util.HashMap;
import java.util.Map;

/**
 * Stands for the payload class of Spring Cloud ZooKeeper, which the domain must not
 * depend on: Curator's reader loads the payload's class by the name in the data. The
 * starter's tests use the real one.
 */
public class ZookeeperInstance {

	public String id = "";

	public String name = "";

	public Map<String, String> metadata = new HashMap<>();

}
