namespace DaprMoE.Gateway;

internal sealed partial class Answerer
{
    [LoggerMessage(EventIds.GenerationStarted, LogLevel.Debug, "Answer {Id} began: {Prompts} prompts, {Tokens} tokens.")]
    private partial void LogStarted(string id, int prompts, int tokens);

    [LoggerMessage(EventIds.GenerationSeed, LogLevel.Debug, "The seed is {Seed}.")]
    private partial void LogSeed(ulong seed);

    [LoggerMessage(EventIds.GenerationEnded, LogLevel.Debug, "Answer {Id} ended: {Tokens} tokens.")]
    private partial void LogEnded(string id, int tokens);
}
