using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Syntax;

/// <summary>A node that has a value. Lines count from 1.</summary>
internal abstract record Expression(int Line);

internal sealed record Constant(Value Value, int Line) : Expression(Line);

internal sealed record Name(string Identifier, int Line) : Expression(Line);

internal sealed record ListLiteral(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

internal sealed record TupleLiteral(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

internal sealed record DictLiteral(IReadOnlyList<(Expression Key, Expression Value)> Entries, int Line) : Expression(Line);

/// <summary><c>owner.name</c>.</summary>
internal sealed record AttributeAccess(Expression Owner, string Attribute, int Line) : Expression(Line);

/// <summary><c>owner[key]</c>.</summary>
internal sealed record ItemAccess(Expression Owner, Expression Key, int Line) : Expression(Line);

/// <summary><c>start:stop:step</c> as a key.</summary>
internal sealed record Slice(Expression? Start, Expression? Stop, Expression? Step, int Line) : Expression(Line);

internal sealed record Negation(Expression Operand, int Line) : Expression(Line);

internal sealed record Sign(bool IsMinus, Expression Operand, int Line) : Expression(Line);

internal sealed record Arithmetical(string Symbol, Expression Left, Expression Right, int Line) : Expression(Line);

/// <summary><c>and</c>, <c>or</c>: the right side is evaluated only if it decides.</summary>
internal sealed record Logical(bool IsAnd, Expression Left, Expression Right, int Line) : Expression(Line);

/// <summary><c>a &lt; b &lt;= c</c>: each operand is evaluated once.</summary>
internal sealed record Comparison(Expression First, IReadOnlyList<(string Symbol, Expression Operand)> Rest, int Line) : Expression(Line);

/// <summary><c>a ~ b ~ c</c>.</summary>
internal sealed record Concatenation(IReadOnlyList<Expression> Parts, int Line) : Expression(Line);

/// <summary><c>a if test else b</c>.</summary>
internal sealed record Conditional(Expression Test, Expression Then, Expression? Otherwise, int Line) : Expression(Line);

/// <summary>Arguments as written; <paramref name="More"/> stands behind <c>*</c>, <paramref name="MoreNamed"/> behind <c>**</c>.</summary>
internal sealed record CallArguments(
    IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named, Expression? More, Expression? MoreNamed)
{
    public static readonly CallArguments None = new([], [], null, null);
}

internal sealed record Call(Expression Callee, CallArguments Arguments, int Line) : Expression(Line);

/// <summary><c>subject | filter(arguments)</c>; without a subject it is applied to the body of a block.</summary>
internal sealed record Filter(Expression? Subject, string Identifier, CallArguments Arguments, int Line) : Expression(Line);

/// <summary><c>subject is test(arguments)</c>.</summary>
internal sealed record Test(Expression Subject, string Identifier, CallArguments Arguments, int Line) : Expression(Line);
