package dev.gatewatch.history;

import dev.gatewatch.history.Symptom.Sign;
import dev.gatewatch.history.Verdict.Blame;
import dev.gatewatch.history.Verdict.Confidence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Explains an outage. Pure: the same incident among the same others gets the same verdict.
 *
 * <p>Every kind of failure counts once, however often it occurred, so that a long outage is not judged by its length. The
 * heaviest side is blamed; the confidence is how far it is ahead of the next.
 */
final class Judge {

    private static final int HIGH = 4;
    private static final int MEDIUM = 2;

    private final Map<Blame, Integer> scales = new EnumMap<>(Blame.class);
    private final List<String> evidence = new ArrayList<>();

    private Judge() {}

    /** The verdict on an incident. */
    static Verdict judge(Incident incident, Others others) {
        Judge judge = new Judge();
        incident.failures().counts().forEach((key, count) -> judge.weigh(Symptom.of(key), times(count)));
        judge.weighOthers(others);
        String page = incident.statusPage();
        if (page != null) {
            judge.weighStatusPage(page);
        }
        return judge.verdict();
    }

    private void weighOthers(Others others) {
        if (others.total() == 0) {
            return;
        }
        if (others.down() == 0) {
            // Our network and our process serve all shards alike.
            add(Blame.NETWORK, -2);
            evidence.add(
                    "None of the " + others.total() + " other shards was lost at that time, so the network worked.");
        } else if (others.down() == others.total()) {
            evidence.add(
                    others.total() == 1
                            ? "The other shard was lost at the same time: the cause was common to both."
                            : "All " + others.total()
                                    + " other shards were lost at the same time: the cause was common to all.");
        } else {
            evidence.add(others.down() + " of " + others.total() + " other shards were lost at the same time.");
        }
    }

    private void weighStatusPage(String page) {
        String word = page.toLowerCase(Locale.ROOT);
        if (word.startsWith(StatusPage.UNREACHABLE)) {
            weigh(
                    new Sign(Blame.NETWORK, 3, "Discord's status page, hosted elsewhere, could not be reached either"),
                    "");
        } else if (word.startsWith(StatusPage.UNREADABLE)) {
            evidence.add("Discord's status page answered, but told no status (" + page + "): it speaks for nobody.");
        } else if (word.startsWith("none")) {
            evidence.add("Discord's status page reported no trouble.");
            add(Blame.DISCORD, -1);
        } else {
            weigh(new Sign(Blame.DISCORD, 4, "Discord's status page reported trouble (" + page + ")"), "");
        }
    }

    private void weigh(Sign sign, String times) {
        add(sign.blame(), sign.weight());
        String sentence = sign.sentence();
        evidence.add(Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + times + ".");
    }

    private void add(Blame blame, int weight) {
        scales.merge(blame, weight, Integer::sum);
    }

    private Verdict verdict() {
        Blame heaviest = Blame.UNKNOWN;
        int most = 0;
        int next = 0;
        for (Blame blame : List.of(Blame.DISCORD, Blame.NETWORK, Blame.US)) {
            int weight = Math.max(0, scales.getOrDefault(blame, 0));
            if (weight > most) {
                next = most;
                most = weight;
                heaviest = blame;
            } else {
                next = Math.max(next, weight);
            }
        }
        int lead = most - next;
        return lead == 0
                ? new Verdict(Blame.UNKNOWN, Confidence.LOW, evidence)
                : new Verdict(heaviest, confidence(lead), evidence);
    }

    private static Confidence confidence(int lead) {
        if (lead >= HIGH) {
            return Confidence.HIGH;
        }
        return lead >= MEDIUM ? Confidence.MEDIUM : Confidence.LOW;
    }

    private static String times(int count) {
        return count == 1 ? "" : " (" + count + " times)";
    }

    /**
     * The other shards of the same instance.
     *
     * @param total how many there are
     * @param down how many of them were lost at about the same time
     */
    record Others(int total, int down) {

        /** A bot of one shard. */
        static final Others NONE = new Others(0, 0);
    }
}
