using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using DaprMoE.Text;

namespace DaprMoE.Cli;

/// <summary><c>tokenize</c>: the tokens of a text.</summary>
internal sealed class TokenizeCommand : CliCommand
{
    private readonly Argument<string> _text = new("TEXT") { Description = "The text; - reads it from standard input." };
    private readonly Option<string?> _model = ModelLocation.CreateOption();

    public TokenizeCommand(CommandEnvironment environment)
        : base(environment, "tokenize", "Shows the tokens of a text.")
    {
        Arguments.Add(_text);
        Options.Add(_model);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe tokenize \"A fox and a lantern\"", "Ids and pieces."),
        new("daprmoe tokenize - --json <notes.txt", "The ids of a file, for a program."),
    ];

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Tokenizer tokenizer = Tokenizer.Load(ModelLocation.Find(arguments.GetValue(_model), Environment));
        int[] ids = tokenizer.Encode(PromptText.Read(arguments.GetValue(_text)!, Terminal));
        TokenizeResult result = new(ids.Length, [.. ids.Select(id => new TokenizedPiece(id, tokenizer.Decode([id])))]);
        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, result, TokenizeJson.Default.TokenizeResult);
        }
        else
        {
            Write(result);
        }

        return Task.FromResult(ExitCodes.Success);
    }

    private void Write(TokenizeResult result)
    {
        Table table = new(new Column("id", IsNumber: true), new Column("piece"));
        foreach (TokenizedPiece token in result.Tokens)
        {
            table.Add(token.Id.ToString(CultureInfo.InvariantCulture), VisibleText.Of(token.Piece));
        }

        TableWriter.Write(Terminal, table);
    }
}

/// <summary>The tokens of a text.</summary>
internal sealed record TokenizeResult(int Count, IReadOnlyList<TokenizedPiece> Tokens);

/// <summary>A token and the text it stands for.</summary>
internal sealed record TokenizedPiece(int Id, string Piece);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(TokenizeResult))]
internal sealed partial class TokenizeJson : JsonSerializerContext;
