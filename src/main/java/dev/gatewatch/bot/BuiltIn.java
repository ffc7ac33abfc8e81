package dev.gatewatch.bot;

/** A command that Gatewatch brings itself. */
interface BuiltIn extends SlashCommand {}
