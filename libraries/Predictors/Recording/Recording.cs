namespace DaprMoE.Predictors;

/// <summary>Gate inputs and chosen experts of prompts and their answers, in all MoE layers.</summary>
public sealed class Recording
{
    private Recording(MoeShape shape, IReadOnlyList<RecordedPrompt> prompts, RecordedRows rows)
    {
        Shape = shape;
        Prompts = prompts;
        Data = rows;
    }

    /// <summary>The model that was recorded.</summary>
    public MoeShape Shape { get; }

    /// <summary>The prompts, in the order of their rows.</summary>
    public IReadOnlyList<RecordedPrompt> Prompts { get; }

    /// <summary>Tokens of all prompts.</summary>
    public int Tokens => Prompts.Sum(prompt => prompt.Tokens);

    /// <summary>What the rows hold.</summary>
    internal RecordedRows Data { get; }

    /// <summary>Says what each prompt is about.</summary>
    /// <param name="topics">Gives the topic of a sequence number; empty where unknown.</param>
    public Recording Labelled(Func<int, string> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return new Recording(Shape, [.. Prompts.Select(prompt => prompt with { Topic = topics(prompt.Sequence) })], Data);
    }

    internal static Recording Of(MoeShape shape, IReadOnlyList<RecordedPrompt> prompts, RecordedRows rows) => new(shape, prompts, rows);
}
