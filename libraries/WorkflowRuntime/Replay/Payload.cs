using System.Text.Json;

namespace Dapr.Workflow;

/// <summary>Inputs and outputs as the protocol has them: JSON text, absent for null.</summary>
internal static class Payload
{
    public static string? Write(object? value) => value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    /// <summary>An empty text, which the sidecar makes of an empty HTTP body, is no value either.</summary>
    public static object? Read(string? json, Type type) => string.IsNullOrEmpty(json)
        ? type.IsValueType ? Activator.CreateInstance(type) : null
        : JsonSerializer.Deserialize(json, type, JsonSerializerOptions.Web);

    public static T Read<T>(string? json) => (T)Read(json, typeof(T))!;
}
