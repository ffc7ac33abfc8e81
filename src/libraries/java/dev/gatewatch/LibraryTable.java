package dev.gatewatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as the table of README.md; without times, so that it is the same as long as the results are. */
final class LibraryTable {

    private static final Path VERSIONS = Path.of("src", "libraries", "bots", "package.json");

    private LibraryTable() {}

    static String of(Map<Library, Map<Demand, LibraryResult>> results) throws IOException {
        JsonNode versions = new ObjectMapper().readTree(VERSIONS.toFile()).path("dependencies");
        StringBuilder table = new StringBuilder("| library | option to set |");
        Arrays.stream(Demand.values())
                .forEach(demand -> table.append(' ').append(demand.title()).append(" |"));
        table.append("\n|---|---|")
                .append("---|".repeat(Demand.values().length))
                .append('\n');
        results.forEach((library, found) -> table.append("| ")
                .append(library.title())
                .append(' ')
                .append(versions.path(library.title()).asText(library.version()))
                .append(" | ")
                .append(library.option())
                .append(" | ")
                .append(Arrays.stream(Demand.values())
                        .map(demand -> found.get(demand).words())
                        .collect(Collectors.joining(" | ")))
                .append(" |\n"));
        StringBuilder notes = new StringBuilder();
        results.keySet().forEach(library -> {
            note(notes, library, library.brokenRule());
            note(notes, library, library.unmet());
        });
        return table.append(notes).append('\n').toString();
    }

    private static void note(StringBuilder notes, Library library, Excuse excuse) {
        if (!excuse.why().isEmpty()) {
            notes.append("\n- %s, %s: %s.".formatted(library.title(), excuse.about(), excuse.why()));
        }
    }
}
