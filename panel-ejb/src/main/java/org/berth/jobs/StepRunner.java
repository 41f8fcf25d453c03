package org.berth.jobs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.host.VerbFailure;
import org.berth.host.VerbResult;
import org.berth.platform.BerthException;
import org.berth.platform.LostDatabase;
import org.berth.platform.Problem;

/** Takes one turn of a job: works on the host, then writes down how it went. */
@Dependent
class StepRunner {

    private static final Logger LOG = Logger.getLogger(StepRunner.class.getName());

    /** A verb of a dead predecessor may still hold the site for this long: the longest that has no unit of its own. */
    static final Duration BUSY_FOR = Duration.ofSeconds(315);

    private static final Duration BUSY_PAUSE = Duration.ofMillis(300);

    /** A verb that is killed this often is not killed by accident. */
    private static final int MOST_BREAKS = 2;

    /** Berth's own database is back within this time after a restart. */
    private static final int LEDGER_TRIES = 30;

    /** Whatever else stands in the way of writing is gone by then, or stays. */
    private static final int OTHER_TRIES = 3;

    private static final Duration LEDGER_PAUSE = Duration.ofSeconds(1);

    private final JobRecipes recipes;
    private final JobLedger ledger;

    @Inject
    StepRunner(JobRecipes recipes, JobLedger ledger) {
        this.recipes = recipes;
        this.ledger = ledger;
    }

    /** Takes a job over. */
    Turn begin(long id, String holder) {
        return stored(() -> ledger.begin(id, holder));
    }

    Turn take(Turn turn) {
        if (turn instanceof Turn.Forward forward) {
            return forward(forward);
        }
        if (turn instanceof Turn.Back back) {
            return back(back);
        }
        return turn;
    }

    private Turn forward(Turn.Forward turn) {
        var step = step(turn.job(), turn.step());
        var context = new StepContext(turn.job(), turn.lease(), turn.step());
        try {
            var result = patiently(() -> step.run(context), step.isIdempotent() ? MOST_BREAKS : 0);
            return stored(() -> ledger.done(turn, result));
        } catch (VerbFailure failure) {
            if (failure.kind() == VerbFailure.Kind.OUTRANKED) {
                return stored(() -> ledger.stalled(turn, outranked(turn.step()), failure.log()));
            }
            return stored(() -> ledger.failed(turn, failure.problem(), failure.log()));
        } catch (BerthException failure) {
            return stored(() -> ledger.failed(turn, failure.problem(), ""));
        } catch (LedgerLost lost) {
            throw lost;
        } catch (RuntimeException bug) {
            var problem = reported(turn.job(), turn.step(), bug);
            return stored(() -> ledger.failed(turn, problem, ""));
        }
    }

    private Turn back(Turn.Back turn) {
        var step = step(turn.job(), turn.step());
        var context = new StepContext(turn.job(), turn.lease(), turn.step());
        try {
            var result = patiently(() -> step.undo(context), MOST_BREAKS);
            return stored(() -> ledger.undone(turn, result.log()));
        } catch (VerbFailure failure) {
            return switch (failure.kind()) {
                case OUTRANKED -> stored(() -> ledger.undoFailed(turn, outranked(turn.step()), failure.log()));
                case NOT_FOUND -> stored(() -> ledger.undone(turn, failure.log()));
                default -> stored(() -> ledger.undoFailed(turn, failure.problem(), failure.log()));
            };
        } catch (LedgerLost lost) {
            throw lost;
        } catch (RuntimeException bug) {
            var problem = reported(turn.job(), turn.step(), bug);
            return stored(() -> ledger.undoFailed(turn, problem, ""));
        }
    }

    private Step step(JobFacts job, String name) {
        return recipes.of(job.type()).step(name);
    }

    /** Of a run whose job somebody else has taken over nothing is written down, so this is said of the others only. */
    private static Problem outranked(String step) {
        return Problem.of("job-outranked", step);
    }

    private static Problem reported(JobFacts job, String step, RuntimeException bug) {
        var reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.log(Level.SEVERE, "job " + job.id() + " step " + step + " reference " + reference, bug);
        return Problem.of("job-bug", reference);
    }

    /**
     * Calls until there is an answer. A verb that ended without one was killed, and nobody knows how far it came.
     *
     * @param breaks how often a call that was broken off is repeated
     */
    private static VerbResult patiently(Supplier<VerbResult> call, int breaks) {
        var until = System.nanoTime() + BUSY_FOR.toNanos();
        for (var left = breaks; ; ) {
            try {
                return call.get();
            } catch (VerbFailure failure) {
                if (failure.kind() == VerbFailure.Kind.UNREACHABLE && left > 0) {
                    LOG.log(Level.WARNING, "a verb was broken off and is called again", failure);
                    left--;
                } else if (failure.kind() != VerbFailure.Kind.BUSY || System.nanoTime() > until) {
                    throw failure;
                }
                pause(BUSY_PAUSE);
            }
        }
    }

    /** What was done must be written down, if need be after Berth's database has come back. */
    private static Turn stored(Supplier<Turn> write) {
        for (var tries = 1; ; tries++) {
            try {
                return write.get();
            } catch (RuntimeException failed) {
                if (tries >= (LostDatabase.isBehind(failed) ? LEDGER_TRIES : OTHER_TRIES)) {
                    throw new LedgerLost(failed);
                }
                LOG.log(Level.WARNING, "cannot write down a step, trying again", failed);
                pause(LEDGER_PAUSE);
            }
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LedgerLost(stopped);
        }
    }

    /** The run ends here, without a trace in the database; the next one resumes. */
    private static class LedgerLost extends RuntimeException {
        LedgerLost(Exception cause) {
            super(cause);
        }
    }
}
