package dev.gatewatch.alert;

import java.util.List;

/**
 * What the policy decided.
 *
 * @param state what is known after it
 * @param notices what is to be told, in this order
 */
record Decision(AlertState state, List<Notice> notices) {}
