package org.berth.accounts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** What a password must be: long and not guessable; of which characters is its owner's business (NIST SP 800-63B). */
final class PasswordRules {

    private static final int MIN_LENGTH = 12;
    /** Hashing takes longer for longer ones. */
    static final int MAX_LENGTH = 128;

    private static final int FEW = 4;
    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    /** Refuses a bad password with everything that is wrong about it. */
    static void check(String login, String password) {
        var problems = new ArrayList<Problem>();
        var length = password.codePointCount(0, password.length());
        var lower = password.toLowerCase(Locale.ROOT);
        if (length < MIN_LENGTH) {
            problems.add(Problem.of("password-short", length, MIN_LENGTH));
        } else if (length > MAX_LENGTH) {
            problems.add(Problem.of("password-long", MAX_LENGTH));
        } else if (isCommon(lower)) {
            problems.add(Problem.of("password-common"));
        }
        if (lower.contains(login.toLowerCase(Locale.ROOT))) {
            problems.add(Problem.of("password-has-login", login));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput(
                    problems.stream().map(problem -> problem.at("password")).toList());
        }
    }

    private static boolean isCommon(String lower) {
        return lower.chars().distinct().count() <= FEW
                || isRow(lower)
                || COMMON.stream().anyMatch(word -> lower.replace(word, "").length() <= FEW);
    }

    /** Like 123456789012 or abcdefghijkl: each character follows the one before, up or down. */
    private static boolean isRow(String text) {
        var steps = IntStream.range(1, text.length())
                .map(index -> text.charAt(index) - text.charAt(index - 1))
                .boxed()
                .collect(Collectors.groupingBy(step -> step, Collectors.counting()));
        return steps.getOrDefault(1, 0L) >= text.length() - 2 || steps.getOrDefault(-1, 0L) >= text.length() - 2;
    }

    private static Set<String> common() {
        try (var lines = new BufferedReader(new InputStreamReader(
                PasswordRules.class.getResourceAsStream("common-passwords.txt"), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
