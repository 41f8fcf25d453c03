package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.berth.platform.BerthException;
import org.berth.platform.Problem;
import org.berth.platform.ProblemText;

/** What is wrong with the form that was just sent: each problem at its field, all of them in a summary above. */
@Named
@RequestScoped
public class Wrongs {

    /** A problem beside the name of its field, empty when it is about the whole. */
    public record Wrong(String field, ProblemText text) {}

    @Inject
    private Say say;

    private final List<Wrong> wrongs = new ArrayList<>();

    /** Takes what a boundary refused. */
    public void add(BerthException refusal) {
        refusal.problems().forEach(this::add);
    }

    void add(Problem problem) {
        wrongs.add(new Wrong(problem.field(), say.problem(problem)));
    }

    public boolean isAny() {
        return !wrongs.isEmpty();
    }

    /** All, in the order in which they were found. */
    public List<Wrong> getAll() {
        return List.copyOf(wrongs);
    }

    /** Whether a field is wrong. */
    public boolean has(String field) {
        return wrongs.stream().anyMatch(wrong -> wrong.field().equals(field));
    }

    /** What is wrong at a field. */
    public List<Wrong> at(String field) {
        return wrongs.stream().filter(wrong -> wrong.field().equals(field)).toList();
    }
}
