using System.Text.Json;
using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>The shape that an endpoint's answers have.</summary>
internal abstract class AnswerFormat
{
    /// <summary>What ids begin with.</summary>
    public abstract string IdPrefix { get; }

    /// <summary><c>object</c> of a whole answer.</summary>
    public abstract string ObjectName { get; }

    /// <summary><c>object</c> of a stream's chunk.</summary>
    public abstract string ChunkName { get; }

    /// <summary>Whether each answer of a stream begins with a chunk that says who speaks.</summary>
    public abstract bool HasOpening { get; }

    /// <summary>Writes the fields of an opening chunk's choice.</summary>
    public abstract void WriteOpening(Utf8JsonWriter json);

    /// <summary>Writes the fields of a chunk's choice: a text, or the end.</summary>
    public abstract void WriteDelta(Utf8JsonWriter json, string? text);

    /// <summary>Writes the fields of a whole answer's choice.</summary>
    public abstract void WriteWhole(Utf8JsonWriter json, string text);

    /// <summary>OpenAI's word for a reason; null while there is none.</summary>
    public static string? Word(FinishReason? finish) => finish switch
    {
        FinishReason.Stop => "stop",
        FinishReason.Length => "length",
        _ => null,
    };
}
