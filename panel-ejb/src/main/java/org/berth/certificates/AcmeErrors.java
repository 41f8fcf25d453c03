package org.berth.certificates;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.berth.platform.Problem;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** Says what an authority's answer means for the next attempt. */
final class AcmeErrors {

    private static final String PREFIX = "urn:ietf:params:acme:error:";
    private static final int LONGEST_DETAIL = 400;

    /** RFC 8555, 6.7: the same request would get the same answer until the site or its DNS is another one. */
    private static final Set<String> LASTING = Set.of(
            "badCSR", "badPublicKey", "badSignatureAlgorithm", "caa", "rejectedIdentifier", "unsupportedIdentifier");

    /**
     * Every request would get this answer until somebody has seen to the account: its terms, its contact or its binding. No
     * site can cause them.
     */
    private static final Set<String> OF_ACCOUNT =
            Set.of("externalAccountRequired", "invalidContact", "unsupportedContact", "userActionRequired");

    /**
     * The authority has other trouble than with what it was asked for; or, since this is not about a name, the account was
     * deactivated.
     */
    private static final Set<String> OUTAGES = Set.of("serverInternal", "unauthorized");

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
        }
    }

    /** The kind of an error, without what is the same for all of them. */
    static String kind(org.shredzone.acme4j.Problem problem) {
        var type = problem.getType().toString();
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
    }

    static String detail(org.shredzone.acme4j.Problem problem) {
        var text = problem.getDetail().orElse("");
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
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
                && !OUTAGES.contains(kind)
                && !ACCOUNT_LOST.equals(kind);
    }

    /** Whether a failed proof of a name can never succeed as things stand. */
    static boolean isLasting(String kind) {
        return LASTING.contains(kind);
    }

    private static AcmeFailure failure(URI directory, AcmeException refused) {
        var host = directory.getHost();
        if (refused instanceof AcmeRateLimitedException limited) {
            var problem = Problem.of("acme-rate-limited", host, detail(limited.getProblem()));
            return AcmeFailure.outage(problem, limited.getRetryAfter());
        }
        if (refused instanceof AcmeServerException answered) {
            var kind = kind(answered.getProblem());
            var problem = Problem.of("acme-refused", host, kind, detail(answered.getProblem()));
            return answered(kind, problem);
        }
        if (refused instanceof AcmeNetworkException) {
            var cause = refused.getCause() == null ? refused : refused.getCause();
            return AcmeFailure.outage(
                    Problem.of("acme-unreachable", directory, String.valueOf(cause)), Optional.empty());
        }
        return senseless(directory, refused);
    }

    private static AcmeFailure answered(String kind, Problem problem) {
        if (ACCOUNT_LOST.equals(kind)) {
            return AcmeFailure.lostAccount(problem);
        } else if (OF_ACCOUNT.contains(kind)) {
            return AcmeFailure.ofAccount(problem);
        } else if (OUTAGES.contains(kind)) {
            return AcmeFailure.outage(problem, Optional.empty());
        }
        return isLasting(kind) ? AcmeFailure.lasting(problem) : AcmeFailure.passing(problem);
    }

    private static AcmeFailure senseless(URI directory, Exception what) {
        return AcmeFailure.passing(Problem.of("acme-senseless", directory, String.valueOf(what.getMessage())));
    }
}
