package dev.gatewatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The middle of some measurements, and how far they lie apart. */
record Spread(double least, double median, double worst, int count) {

    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(sorted.get(0), median, sorted.get(sorted.size() - 1), sorted.size());
    }

    /** The median, with the least and the worst in brackets. */
    String words(String format) {
        String pattern = count == 1 ? format : format + " (" + format + "–" + format + ")";
        return String.format(Locale.ROOT, pattern, median, least, worst);
    }
}
