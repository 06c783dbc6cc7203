using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DaprMoE.Cli;

/// <summary>Results for programs.</summary>
internal static class JsonOutput
{
    /// <summary>Prints one value and ends the line.</summary>
    public static void Write<T>(Terminal terminal, T value, JsonTypeInfo<T> type) =>
        terminal.Out.WriteLine(JsonSerializer.Serialize(value, type));
}
