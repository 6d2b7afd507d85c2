/**
 * The Helm chart, rendered by Helm in this JVM and read as YAML: no cluster is needed.
 */
@NullMarked
package io.roster.acceptance.chart;

import org.jspecify.annotations.NullMarked;
