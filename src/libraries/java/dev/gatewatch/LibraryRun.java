package dev.gatewatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One library's bot against a simulator of its own, from login to the last fault. */
final class LibraryRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GUILDS = 5;
    private static final int LEAST_CHANNELS = 6; // some do not know each kind
    private static final int ROLES = 4;
    private static final int MEMBERS = 250;
    private static final Duration MOST_TO_LOG_IN = Duration.ofSeconds(90);
    private static final Duration MOST_TO_RECOVER = Duration.ofSeconds(60);
    private static final Duration MOST_TO_ANSWER = Duration.ofSeconds(20);

    private final Library library;
    private final SimulatedDiscord discord;
    private final BotProcess bot;
    private final Map<Demand, LibraryResult> results = new EnumMap<>(Demand.class);

    private LibraryRun(Library library, SimulatedDiscord discord, BotProcess bot) {
        this.library = library;
        this.discord = discord;
        this.bot = bot;
    }

    /** Plays everything; what went wrong is in the results. */
    static Map<Demand, LibraryResult> of(Library library, LibraryPrograms programs) throws Exception {
        try (SimulatedDiscord discord = SimulatedDiscord.start();
                BotProcess bot = BotProcess.start(discord.environment(), programs.command(library))) {
            return new LibraryRun(library, discord, bot).play();
        }
    }

    private Map<Demand, LibraryResult> play() throws InterruptedException {
        boolean ready = SimulatedDiscord.await(MOST_TO_LOG_IN, () -> said("ready")
                        .findFirst()
                        .map(line -> true)
                        .or(() -> bot.isAlive() ? Optional.empty() : Optional.of(false)))
                .orElse(false);
        for (Demand demand : Demand.values()) {
            LibraryResult result = ready
                    ? judge(demand)
                    : LibraryResult.not(
                            "did not log in; it said " + bot.log() + ", Discord saw " + discord.get("events"));
            results.put(demand, result);
        }
        return results;
    }

    private LibraryResult judge(Demand demand) throws InterruptedException {
        return switch (demand) {
            case LOG_IN -> shards();
            case SEE -> guilds();
            case PING -> answers("ping", 0).and(answers("ping", 1));
            case FILE -> answers("file", 0);
            case RULES -> violations();
            default -> survives(demand);
        };
    }

    private LibraryResult shards() {
        Set<String> seen = new TreeSet<>();
        discord.get("state")
                .path("sessions")
                .forEach(session -> seen.add(session.path("shard") + "/" + session.path("shards")));
        return LibraryResult.of(seen.equals(Set.of("0/2", "1/2")), "yes", "sessions of the shards " + seen);
    }

    private LibraryResult guilds() {
        List<JsonNode> errors = said("error").toList();
        Map<String, JsonNode> guilds = said("guild")
                .collect(Collectors.toMap(line -> line.path("id").asText(), line -> line, (first, last) -> last));
        boolean complete = guilds.size() == GUILDS
                && guilds.values().stream()
                        .allMatch(guild -> guild.path("name").asText().startsWith("Guild ")
                                && guild.path("channels").asInt() >= LEAST_CHANNELS
                                && guild.path("roles").asInt() == ROLES
                                && guild.path("members").asInt() == MEMBERS);
        return LibraryResult.of(
                complete && errors.isEmpty(), "yes", "it saw " + guilds.values() + " and told of " + errors);
    }

    private LibraryResult answers(String command, int shard) throws InterruptedException {
        JsonNode begun = discord.post("interactions", "{\"command\": \"%s\", \"shard\": %d}".formatted(command, shard));
        String path = "interactions/" + begun.path("id").asText();
        JsonNode answer = SimulatedDiscord.await(MOST_TO_ANSWER, () -> Optional.of(discord.get(path))
                        .filter(view -> !view.path("state").asText().equals("waiting")))
                .orElseGet(() -> discord.get(path))
                .path("answer");
        boolean right = answer.path("content").asText().equals("pong")
                && (command.equals("ping")
                        || answer.path("attachments")
                                .path(0)
                                .path("filename")
                                .asText()
                                .equals("pong.txt"));
        return LibraryResult.of(
                right,
                "yes",
                "the answer to /" + command + " on shard " + shard + " is " + answer + "; it said " + bot.log());
    }

    private LibraryResult survives(Demand demand) throws InterruptedException {
        long before = discord.lastEntry();
        discord.post("faults", demand.fault());
        Optional<JsonNode> back = discord.awaitEntry(
                before,
                MOST_TO_RECOVER,
                entry -> entry.path("shard").asInt(-1) == 0
                        && Set.of("ready", "resumed")
                                .contains(entry.path("event").asText()));
        discord.heal();
        if (back.isEmpty()) {
            return LibraryResult.not("not back within " + MOST_TO_RECOVER.toSeconds() + " s; Discord saw "
                    + discord.get("events?since=" + before) + "; it said " + bot.log());
        }
        boolean resumed = back.get().path("event").asText().equals("resumed");
        return LibraryResult.of(true, resumed ? "resumes" : "new session", "").and(answers("ping", 0));
    }

    private LibraryResult violations() {
        JsonNode all = discord.get("violations");
        Set<String> rules = new TreeSet<>();
        all.forEach(violation -> rules.add(violation.path("rule").asText()));
        String known = library.brokenRule().about();
        return LibraryResult.of(
                List.of(known.split(", ")).containsAll(rules), known.isEmpty() ? "none" : known, "it broke " + all);
    }

    /** What the bot printed about this. */
    private Stream<JsonNode> said(String event) {
        return bot.log()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(LibraryRun::parsed)
                .filter(line -> line.path("event").asText().equals(event));
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.missingNode(); // half a line, or not ours
        }
    }
}
