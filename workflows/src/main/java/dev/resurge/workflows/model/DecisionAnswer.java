package dev.resurge.workflows.model;

/** What the person hears at once. {@code answer} says why it was refused, or what happens now. */
public record DecisionAnswer(boolean accepted, String answer) {}
