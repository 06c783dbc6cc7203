namespace DaprMoE.Text;

/// <summary>What one template may use. Whatever goes beyond ends the rendering with a <see cref="TemplateException"/>.</summary>
public sealed record TemplateLimits
{
    /// <summary>The limits used unless others are given.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>Nodes evaluated, loop items, comparisons; scanning text counts one step for each 64 characters.</summary>
    public long Steps { get; init; } = 5_000_000;

    /// <summary>Longest text in UTF-16 units, the rendered one or any on the way to it.</summary>
    public int TextLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>Text built during one rendering in UTF-16 units, all pieces together; an item of a list counts as 16.</summary>
    public long TotalText { get; init; } = 128L * 1024 * 1024;

    /// <summary>Most items of one list, tuple or dict.</summary>
    public int Items { get; init; } = 1_000_000;

    /// <summary>Most numbers of one <c>range</c>.</summary>
    public int RangeLength { get; init; } = 100_000;

    /// <summary>Deepest nesting of expressions, loops, macro calls and values while rendering.</summary>
    public int Nesting { get; init; } = 1_000;

    /// <summary>Deepest nesting of tags and brackets in the template's source.</summary>
    public int SourceNesting { get; init; } = 200;

    /// <summary>Longest template source in UTF-16 units.</summary>
    public int SourceLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>Longest time of one rendering.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2);
}
