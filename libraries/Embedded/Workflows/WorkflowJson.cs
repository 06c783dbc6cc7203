using System.Text.Json;

namespace DaprMoE.Embedded;

/// <summary>Inputs and outputs go through JSON here as they do on Dapr, so that nothing works in one process only.</summary>
internal static class WorkflowJson
{
    public static string? Write(object? value) => value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    public static object? Read(string? json, Type type) =>
        string.IsNullOrEmpty(json) ? Default(type) : JsonSerializer.Deserialize(json, type, JsonSerializerOptions.Web);

    public static T Read<T>(string? json) => (T)Read(json, typeof(T))!;

    private static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
