package org.berth.jobs;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.StreamSupport;

/** All recipes by type. */
@Dependent
class JobRecipes {

    private final Iterable<JobRecipe> recipes;

    @Inject
    JobRecipes(@Any Instance<JobRecipe> recipes) {
        this.recipes = recipes;
    }

    JobRecipes(List<JobRecipe> recipes) {
        this.recipes = recipes;
    }

    JobRecipe of(String type) {
        return StreamSupport.stream(recipes.spliterator(), false)
                .filter(recipe -> recipe.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no recipe for jobs of type " + type));
    }

    /** Types of jobs that are tried again by themselves. */
    List<String> tryingAgain() {
        return StreamSupport.stream(recipes.spliterator(), false)
                .filter(JobRecipe::triesAgain)
                .map(JobRecipe::type)
                .toList();
    }
}
