namespace DaprMoE.Text.Jinja.Syntax;

/// <summary>A node that does something. Lines count from 1.</summary>
internal abstract record Statement(int Line);

/// <summary>Statements one after the other.</summary>
internal sealed record Body(IReadOnlyList<Statement> Statements)
{
    public static readonly Body Empty = new([]);
}

/// <summary>Text outside of tags.</summary>
internal sealed record TextOutput(string Text, int Line) : Statement(Line);

/// <summary><c>{{ value }}</c>.</summary>
internal sealed record ValueOutput(Expression Value, int Line) : Statement(Line);

internal sealed record If(IReadOnlyList<(Expression Test, Body Then)> Branches, Body Otherwise, int Line) : Statement(Line);

internal sealed record For(
    Target Target, Expression Items, Expression? Accepts, bool IsRecursive, Body Body, Body Otherwise, int Line) : Statement(Line);

internal sealed record Break(int Line) : Statement(Line);

internal sealed record Continue(int Line) : Statement(Line);

/// <summary><c>{% set target = value %}</c>.</summary>
internal sealed record Set(Target Target, Expression Value, int Line) : Statement(Line);

/// <summary><c>{% set target | filter %}body{% endset %}</c>.</summary>
internal sealed record SetBlock(Target Target, Filter? Filter, Body Body, int Line) : Statement(Line);

/// <summary><c>{% with a = 1 %}</c>, and blocks that only open a scope.</summary>
internal sealed record With(IReadOnlyList<(Target Target, Expression Value)> Bindings, Body Body, int Line) : Statement(Line);

internal sealed record MacroDefinition(string Identifier, MacroSignature Signature, Body Body, int Line) : Statement(Line);

/// <summary><c>{% call(arguments) macro() %}body{% endcall %}</c>.</summary>
internal sealed record CallBlock(MacroSignature Signature, Call Call, Body Body, int Line) : Statement(Line);

internal sealed record FilterBlock(Filter Filter, Body Body, int Line) : Statement(Line);

internal sealed record Autoescape(Expression Enabled, Body Body, int Line) : Statement(Line);

/// <summary><c>{% block name %}</c>: it sees the template's own variables only.</summary>
internal sealed record Block(Body Body, int Line) : Statement(Line);

/// <summary>A tag that would load another template; there is none to load.</summary>
internal sealed record OtherTemplate(string Tag, int Line) : Statement(Line);

/// <summary>Parameters of a macro, and which of its three special variables its body reads.</summary>
internal sealed record MacroSignature(
    IReadOnlyList<(string Name, Expression? Default)> Parameters, bool ReadsCaller, bool ReadsVarargs, bool ReadsKwargs);
