namespace DaprMoE.Text.Jinja.Syntax;

/// <summary>What can be assigned to.</summary>
internal abstract record Target(int Line);

internal sealed record NameTarget(string Identifier, int Line) : Target(Line);

internal sealed record TupleTarget(IReadOnlyList<Target> Items, int Line) : Target(Line);

/// <summary><c>namespace.attribute</c>.</summary>
internal sealed record NamespaceTarget(string Identifier, string Attribute, int Line) : Target(Line);
