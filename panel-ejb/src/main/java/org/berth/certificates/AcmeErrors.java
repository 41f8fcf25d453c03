package org.berth.certificates;

import java.io.UncheckedIOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.berth.platform.Problem;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUnauthorizedException;

/** Says what an authority's answer means for the next attempt. */
final class AcmeErrors {

    /** What it answers when no authority, or not this one, would certify such a name. */
    static final String NAME_REFUSED = "acme-name-refused";

    private static final String LIMITED = "acme-rate-limited";

    private static final String TROUBLED = "acme-troubled";

    /** Codes of what an authority may give a time with that is further ahead than anything of Berth's own. */
    static final List<String> TIMED = List.of(LIMITED, TROUBLED);

    /** Its own TLS is signed by none that this host knows. */
    private static final String UNTRUSTED = "acme-untrusted";

    private static final String PREFIX = "urn:ietf:params:acme:error:";
    private static final int LONGEST_DETAIL = 400;
    private static final String REJECTED = "rejectedIdentifier";
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    /** RFC 8555, 6.7: the same request would get the same answer until the site or its DNS is another one. */
    private static final Set<String> LASTING =
            Set.of("badCSR", "badPublicKey", "badSignatureAlgorithm", "caa", REJECTED, "unsupportedIdentifier");

    /**
     * Every request would get this answer until somebody has seen to the account: its terms, its contact or its binding. No
     * site can cause them.
     */
    private static final Set<String> OF_ACCOUNT =
            Set.of("externalAccountRequired", "invalidContact", "unsupportedContact", "userActionRequired");

    /** The authority has other trouble than with what it was asked for. */
    private static final String INTERNAL = "serverInternal";

    /** What a proxy says for an authority that is down, overwhelmed or being mended; the library tells no more of it. */
    private static final Pattern BARE_TROUBLE = Pattern.compile("\\bHTTP (429|5\\d\\d)\\b");

    /** Of Let's Encrypt's limit of certificates for the same names. */
    private static final String SAME_NAMES = "exact set of ";

    private static final Pattern DOTS_AROUND = Pattern.compile("^\\.|\\.$");

    private static final Pattern NO_NAME = Pattern.compile("[^a-z0-9.-]+");

    private static final String ACCOUNT_LOST = "accountDoesNotExist";

    /** Of an order "unauthorized" says that it is another account's. */
    private static final Set<String> UNKNOWN = Set.of("malformed", "notFound", "unauthorized");

    /** A question to an authority. */
    interface Question<T> {
        T ask() throws AcmeException;
    }

    private AcmeErrors() {}

    /** Asks, and translates whatever goes wrong. */
    static <T> T told(URI directory, Question<T> question) {
        try {
            return question.ask();
        } catch (AcmeException refused) {
            throw failure(directory, refused);
        } catch (AcmeLazyLoadingException late) {
            throw late.getCause() instanceof AcmeException refused
                    ? failure(directory, refused)
                    : senseless(directory, late);
        } catch (AcmeProtocolException senseless) {
            throw senseless(directory, senseless);
        } catch (UncheckedIOException broken) {
            // The library reads the lines of an answer as a stream.
            throw unreachable(directory, broken);
        }
    }

    /** The kind of an error, without what is the same for all of them. */
    static String kind(org.shredzone.acme4j.Problem problem) {
        var type = problem.getType().toString();
        return shortened(type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type);
    }

    static String detail(org.shredzone.acme4j.Problem problem) {
        return shortened(problem.getDetail().orElse(""));
    }

    /** What an authority has written may be of any length, and is stored and shown. */
    static String shortened(String text) {
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
    }

    /**
     * Names that an error is about: those of its parts (RFC 8555, 6.7.1); without parts those that it quotes, as authorities
     * do where only one is to blame.
     */
    static List<String> names(org.shredzone.acme4j.Problem problem) {
        var parts = problem.getSubProblems().stream()
                .flatMap(part -> part.getIdentifier().stream())
                .map(Identifier::getDomain)
                .toList();
        return parts.isEmpty()
                ? QUOTED.matcher(detail(problem))
                        .results()
                        .map(quoted -> quoted.group(1))
                        .toList()
                : parts;
    }

    /** Whether an authority says that it has no such thing: in its own words, or in none but the status. */
    static boolean isUnknown(AcmeException refused) {
        return refused instanceof AcmeServerException answered
                ? UNKNOWN.contains(kind(answered.getProblem()))
                : "HTTP 404".equals(refused.getMessage());
    }

    /** Whether an authority says that a certificate is void already. */
    static boolean isRevoked(AcmeServerException refused) {
        return "alreadyRevoked".equals(kind(refused.getProblem()));
    }

    /** Whether another order may succeed: the authority refuses what is in this one. */
    static boolean isOfOrder(AcmeServerException refused) {
        var kind = kind(refused.getProblem());
        return !(refused instanceof AcmeRateLimitedException)
                && !isLasting(kind)
                && !OF_ACCOUNT.contains(kind)
                && !ACCOUNT_LOST.equals(kind);
    }

    /** Whether a failed proof of a name can never succeed as things stand. */
    static boolean isLasting(String kind) {
        return LASTING.contains(kind);
    }

    /** Whether the authority, or what stands before it, has trouble that has nothing to do with what it was asked for. */
    static boolean isTrouble(AcmeException refused) {
        return refused instanceof AcmeServerException answered
                ? INTERNAL.equals(kind(answered.getProblem()))
                : BARE_TROUBLE.matcher(String.valueOf(refused.getMessage())).find();
    }

    /**
     * Whether the limit that was met is one of these names alone, or of the domain above them, and so no other site's
     * concern. Authorities give all limits the same type; those that have limits for names say of which.
     */
    static boolean isOfNames(AcmeRateLimitedException limited, Collection<String> names) {
        var detail = detail(limited.getProblem()).toLowerCase(Locale.ROOT);
        return detail.contains(SAME_NAMES)
                || NO_NAME.splitAsStream(detail)
                        .map(word -> DOTS_AROUND.matcher(word).replaceAll(""))
                        .filter(word -> word.contains("."))
                        .anyMatch(word ->
                                names.stream().anyMatch(name -> name.equals(word) || name.endsWith("." + word)));
    }

    /** A limit that no other site meets with. */
    static AcmeFailure ofNames(URI directory, AcmeRateLimitedException limited) {
        var problem = limit(directory, limited);
        return limited.getRetryAfter()
                .map(then -> AcmeFailure.notBefore(problem, then))
                .orElseGet(() -> AcmeFailure.passing(problem));
    }

    /** It takes nothing of this account, whatever for. */
    static AcmeFailure closed(URI directory, AcmeUnauthorizedException refused) {
        return AcmeFailure.ofAccount(Problem.of("acme-closed", directory.getHost(), detail(refused.getProblem())));
    }

    private static Problem limit(URI directory, AcmeRateLimitedException limited) {
        return Problem.of(LIMITED, directory.getHost(), detail(limited.getProblem()));
    }

    private static AcmeFailure failure(URI directory, AcmeException refused) {
        var host = directory.getHost();
        if (refused instanceof AcmeTrouble trouble) {
            var said = trouble.getCause() instanceof AcmeServerException answered
                    ? kind(answered.getProblem()) + ": " + detail(answered.getProblem())
                    : trouble.getMessage();
            return AcmeFailure.outage(Problem.of(TROUBLED, host, said), trouble.notBefore());
        }
        if (refused instanceof AcmeRateLimitedException limited) {
            return AcmeFailure.outage(limit(directory, limited), limited.getRetryAfter());
        }
        if (refused instanceof AcmeServerException answered) {
            var kind = kind(answered.getProblem());
            var code = REJECTED.equals(kind) ? NAME_REFUSED : "acme-refused";
            var problem = Problem.of(code, host, kind, detail(answered.getProblem()));
            return answered(kind, problem).about(names(answered.getProblem()));
        }
        if (refused instanceof AcmeNetworkException) {
            return unreachable(directory, refused);
        }
        return senseless(directory, refused);
    }

    private static AcmeFailure unreachable(URI directory, Exception failure) {
        var causes = Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause)
                .toList();
        var untrusted = causes.stream().anyMatch(CertificateException.class::isInstance);
        // The innermost says what has happened, if it says anything.
        var cause = causes.stream()
                .filter(some -> some.getMessage() != null)
                .reduce((outer, inner) -> inner)
                .or(() -> causes.stream().findFirst())
                .orElse(failure);
        return AcmeFailure.outage(
                Problem.of(untrusted ? UNTRUSTED : "acme-unreachable", directory, shortened(String.valueOf(cause))),
                Optional.empty());
    }

    private static AcmeFailure answered(String kind, Problem problem) {
        if (ACCOUNT_LOST.equals(kind)) {
            return AcmeFailure.lostAccount(problem);
        } else if (OF_ACCOUNT.contains(kind)) {
            return AcmeFailure.ofAccount(problem);
        }
        return isLasting(kind) ? AcmeFailure.lasting(problem) : AcmeFailure.passing(problem);
    }

    private static AcmeFailure senseless(URI directory, Exception what) {
        return AcmeFailure.passing(
                Problem.of("acme-senseless", directory, shortened(String.valueOf(what.getMessage()))));
    }
}
