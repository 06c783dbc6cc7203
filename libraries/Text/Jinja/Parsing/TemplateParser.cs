using DaprMoE.Text.Jinja.Lexing;
using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>Parses a template. A new tag is one more entry of one of the groups in <c>Parsing/*Tags.cs</c>.</summary>
internal sealed class TemplateParser
{
    private readonly Dictionary<string, Func<Statement>> _tags;
    private readonly Stack<(string Tag, string[] Ends)> _open = new();

    private TemplateParser(IReadOnlyList<Token> tokens, TemplateLimits limits)
    {
        Tokens = new TokenStream(tokens, limits.SourceNesting);
        Expressions = new ExpressionParser(Tokens, Variables);
        Targets = new TargetParser(Tokens);
        _tags = new Dictionary<string, Func<Statement>>(
            [
                .. new ControlTags(this).Entries, .. new AssignmentTags(this).Entries, .. new MacroTags(this).Entries,
                .. new ScopeTags(this).Entries, .. new OtherTemplateTags(this).Entries,
            ],
            StringComparer.Ordinal);
    }

    public TokenStream Tokens { get; }

    public ExpressionParser Expressions { get; }

    public TargetParser Targets { get; }

    public MacroVariables Variables { get; } = new();

    /// <summary>Loops around the current place, within its macro.</summary>
    public int LoopDepth { get; set; }

    public static Body Parse(string source, TemplateLimits limits)
    {
        if (source.Length > limits.SourceLength)
        {
            throw new JinjaException($"the template has {source.Length} characters; the limit is {limits.SourceLength}");
        }

        return new TemplateParser(Lexer.Tokenize(source), limits).ParseUntil([]).Body;
    }

    /// <summary>Parses the rest of an opening tag's line and its body, up to one of the tags that end it.</summary>
    public (Body Body, string End) ParseBody(string tag, params string[] ends)
    {
        Tokens.TakeIfOperator(":");
        ExpectTagEnd();
        Tokens.Enter();
        _open.Push((tag, ends));
        (Body Body, string End) parsed = ParseUntil(ends);
        _open.Pop();
        Tokens.Leave();
        return parsed;
    }

    private (Body Body, string End) ParseUntil(string[] ends)
    {
        List<Statement> statements = [];
        while (Tokens.Current.Kind != TokenKind.End)
        {
            Token token = Tokens.Take();
            switch (token.Kind)
            {
                case TokenKind.Text:
                    statements.Add(new TextOutput(token.Text, token.Line));
                    break;
                case TokenKind.OutputBegin:
                    statements.Add(new ValueOutput(Expressions.Operands.ParseTuple(), token.Line));
                    Tokens.Expect(TokenKind.OutputEnd, "the end of the expression '}}'");
                    break;
                default:
                    if (Tokens.Current.Kind == TokenKind.Name && ends.Contains(Tokens.Current.Text))
                    {
                        return (new Body(statements), Tokens.Take().Text);
                    }

                    statements.Add(ParseTag());
                    ExpectTagEnd();
                    break;
            }
        }

        return ends.Length == 0 ? (new Body(statements), "") : throw NeverClosed();
    }

    private Statement ParseTag()
    {
        Token tag = Tokens.Expect(TokenKind.Name, "the name of a tag");
        return _tags.TryGetValue(tag.Text, out Func<Statement>? parse) ? parse() : throw UnknownTag(tag);
    }

    private void ExpectTagEnd() => Tokens.Expect(TokenKind.TagEnd, "the end of the tag '%}'");

    private JinjaException UnknownTag(Token tag)
    {
        string known = _open.TryPeek(out (string Tag, string[] Ends) open)
            ? $"'{open.Tag}' is open and waits for {OneOf(open.Ends)}"
            : $"the tags are {string.Join(", ", _tags.Keys.Order(StringComparer.Ordinal))}";
        return new JinjaException($"unknown tag '{tag.Text}'; {known}", line: tag.Line);
    }

    private JinjaException NeverClosed()
    {
        (string tag, string[] ends) = _open.Peek();
        return new JinjaException($"the template ends while '{tag}' is open; expected {OneOf(ends)}", line: Tokens.Current.Line);
    }

    private static string OneOf(string[] tags) => string.Join(" or ", tags.Select(tag => $"'{tag}'"));
}
