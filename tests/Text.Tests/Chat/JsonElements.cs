using System.Text.Json;

namespace DaprMoE.Text.Tests.Chat;

internal static class JsonElements
{
    /// <summary>The text of a property, or null when there is none.</summary>
    public static string? GetPropertyOrNull(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
