package dev.gatewatch;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The program: the service by default, or one of its subcommands. */
@QuarkusMain
public class Gatewatch {

    public static void main(String... args) {
        Quarkus.run(args);
    }
}
