package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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

    /** The same of one of several things, which is named. */
    public void add(BerthException refusal, String about) {
        refusal.problems().forEach(problem -> {
            var text = say.problem(problem);
            var named = new ProblemText(about + ": " + text.what(), text.why(), text.todo());
            wrongs.add(new Wrong(field(problem), named));
        });
    }

    void add(Problem problem) {
        wrongs.add(new Wrong(field(problem), say.problem(problem)));
    }

    /** Several values, such as aliases, have one field between them. */
    private static String field(Problem problem) {
        return problem.field().replaceFirst("\\[\\d+]$", "");
    }

    public boolean isAny() {
        return !getAll().isEmpty();
    }

    /** All, in the order in which they were found; what Faces itself refused is no choice that the form offers. */
    public List<Wrong> getAll() {
        var unoffered = unoffered().stream().map(problem -> new Wrong(problem.field(), say.problem(problem)));
        return Stream.concat(unoffered, wrongs.stream()).toList();
    }

    /** What Faces itself refused. */
    List<Problem> unoffered() {
        var fields = FacesContext.getCurrentInstance().getClientIdsWithMessages();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(fields, 0), false)
                .filter(Objects::nonNull)
                .map(field -> Problem.of("choice-unknown").at(field))
                .toList();
    }

    /** Whether a field is wrong. */
    public boolean has(String field) {
        return !at(field).isEmpty();
    }

    /** What is wrong at a field. */
    public List<Wrong> at(String field) {
        return getAll().stream().filter(wrong -> wrong.field().equals(field)).toList();
    }
}
