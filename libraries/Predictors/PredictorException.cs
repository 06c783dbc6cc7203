namespace DaprMoE.Predictors;

/// <summary>A recording, a file of predictors, or a name that can't be used. The message names it, what is allowed and the remedy.</summary>
public sealed class PredictorException(string message, Exception? cause = null) : Exception(message, cause);
