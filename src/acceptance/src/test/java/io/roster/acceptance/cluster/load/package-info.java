/**
 * Programs that run in a pod of the cluster under test, as the load: lock clients,
 * callers and a writer. They are started with
 * {@link io.roster.acceptance.cluster.load.LoadProgram} alone, on the Java of ZooKeeper's
 * image, and know nothing of Kubernetes nor of the tests.
 */
@NullMarked
package io.roster.acceptance.cluster.load;

import org.jspecify.annotations.NullMarked;
