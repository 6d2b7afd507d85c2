/**
 * Starts everything on one machine, each application and each ensemble member as a
 * process of its own, shows what happens, and stops all of it again. What runs in the
 * started processes does not live here, except for {@link DemoTether}, the agent by which
 * they end with the demo.
 */
@NullMarked
package io.roster.quickstart;

import org.jspecify.annotations.NullMarked;
