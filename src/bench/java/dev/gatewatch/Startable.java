package dev.gatewatch;

import java.io.IOException;
import java.util.Map;

/** A program in the form in which it is shipped: what has to be there is there, and it can be started again and again. */
interface Startable {

    String label();

    /** What it takes on the disk, in bytes. */
    long size() throws IOException, InterruptedException;

    /** Starts it with these environment variables. */
    Started start(Map<String, String> variables) throws IOException, InterruptedException;

    /** It runs until closed: SIGTERM, and any exit code but the program's own is an {@link IllegalStateException}. */
    interface Started extends AutoCloseable {

        /** As this machine counts processes, in a container or not. */
        long pid();

        /** When its program began to run, by {@link System#nanoTime()}. */
        long began();

        @Override
        void close() throws IOException, InterruptedException;
    }
}
