/**
 * The lock service under faults that come at random: two replicas, three members, sixteen
 * clients on eight locks of every kind. What the clients saw is written down and checked
 * afterwards, together with the transactions that the members have logged. {@code ./mvnw
 * -Plock-faults} runs it for ten minutes; every build runs it for a part of one.
 */
@NullMarked
package io.roster.acceptance.lockfaults;

import org.jspecify.annotations.NullMarked;
