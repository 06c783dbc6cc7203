namespace DaprMoE.Models;

/// <summary>The families that can be served, by the <c>model_type</c> of their <c>config.json</c>.</summary>
public static class ModelFamilies
{
    private static readonly IModelFamily[] All = [new Qwen3MoeFamily()];

    /// <summary>The names of all families.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(family => family.Name)];

    /// <summary>The family of that name, or null.</summary>
    internal static IModelFamily? Find(string name) => Array.Find(All, family => family.Name == name);
}
