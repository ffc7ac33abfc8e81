/**
 * The bot speaks: slash commands with friendly errors, and the interfaces by which a host adds commands and listeners of its own.
 *
 * <p>A host implements {@link dev.gatewatch.bot.SlashCommand}, {@link dev.gatewatch.bot.GatewayListener} or {@link
 * dev.gatewatch.bot.ConnectionListener} as a CDI bean. Nothing here is needed to stay connected.
 *
 * <p>May import of ours: connection, gateway, log, status, history.
 */
@NullMarked
package dev.gatewatch.bot;

import org.jspecify.annotations.NullMarked;
