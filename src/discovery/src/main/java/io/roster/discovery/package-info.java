/**
 * Who is on duty: the {@link io.roster.discovery.Registrar} keeps an application's own
 * instances registered, the {@link io.roster.discovery.Directory} shows everybody's. Both
 * stand on one {@link io.roster.coordination.Mirror} with data of the discovery root.
 * What is read from a znode may have been written by any program and is never trusted.
 * Choosing among instances and anything of Spring do not live here.
 */
@NullMarked
package io.roster.discovery;

import org.jspecify.annotations.NullMarked;
