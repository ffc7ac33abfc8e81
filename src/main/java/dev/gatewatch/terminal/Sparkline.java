package dev.gatewatch.terminal;

import java.util.List;

/** Numbers as a row of bars, newest at the right, scaled between their least and their greatest. */
final class Sparkline {

    private Sparkline() {}

    /**
     * Draws the last ones.
     *
     * @param bars the characters to draw with, lowest first; at least one
     * @param width how many at most
     */
    static String of(List<Double> values, int width, String bars) {
        List<Double> last = values.subList(Math.max(0, values.size() - Math.max(0, width)), values.size());
        double least = last.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double greatest = last.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        StringBuilder line = new StringBuilder();
        for (double value : last) {
            double part = greatest > least ? (value - least) / (greatest - least) : 0;
            line.append(bars.charAt((int) Math.round(part * (bars.length() - 1))));
        }
        return line.toString();
    }
}
