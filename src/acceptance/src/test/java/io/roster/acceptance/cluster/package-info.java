/**
 * The chart on a real cluster, {@code ./mvnw -Pcluster}: whatever cluster KUBECONFIG
 * names, with Helm as a library and nothing else that is not asked for by a property
 * {@code cluster.*} (see {@link io.roster.acceptance.cluster.Settings}). What the run has
 * seen is written to {@code target/cluster-report.md}.
 */
@NullMarked
package io.roster.acceptance.cluster;

import org.jspecify.annotations.NullMarked;
