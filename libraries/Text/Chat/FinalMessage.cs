using DaprMoE.Text.Jinja;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Operators;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text;

/// <summary>
/// Finds where the last message ends in the rendered text: a sign is written behind it and the text is cut there. A template that strips
/// the message strips the blank at the end of the sign, too, and then the text before it is stripped likewise.
/// </summary>
internal sealed class FinalMessage
{
    private const string Sign = "CONTINUE_FINAL_MESSAGE_TAG ";

    private readonly string _text;

    private FinalMessage(Value messages, string text)
    {
        Messages = messages;
        _text = text;
    }

    /// <summary>The messages with the sign behind the last one.</summary>
    public Value Messages { get; }

    public static FinalMessage Mark(Value messages, Meter meter)
    {
        Value? content = messages is ListValue { Items: [.., DictValue last] } ? last.Find(new StringValue("content")) : null;
        return content switch
        {
            StringValue text => new FinalMessage(WithContent((ListValue)messages, Signed(text), meter), text.Text),
            ListValue parts when LastText(parts) is { } at => MarkPart((ListValue)messages, parts, at, meter),
            _ => throw new JinjaException("continue_final_message needs a final message with text to continue", line: 0),
        };
    }

    /// <summary>The rendered text up to the end of the last message; null when the template doesn't write the message as it is.</summary>
    public string? CutAfter(string rendered)
    {
        string bareSign = Sign.TrimEnd();
        int at = TextSearch.LastIndexOf(rendered, bareSign, rendered.Length);
        if (at < 0 || TextSearch.IndexOf(rendered, WhiteSpace.Trim(_text), 0) < 0)
        {
            return null;
        }

        bool keepsBlanks = string.CompareOrdinal(rendered, at, Sign, 0, Sign.Length) == 0;
        return keepsBlanks ? rendered[..at] : WhiteSpace.TrimEnd(rendered[..at]);
    }

    private static StringValue Signed(StringValue text) => new(text.Text + Sign);

    private static FinalMessage MarkPart(ListValue messages, ListValue parts, int at, Meter meter)
    {
        StringValue text = (StringValue)((DictValue)parts.Items[at]).Find(new StringValue("text"))!;
        DictValue part = With((DictValue)parts.Items[at], "text", Signed(text), meter);
        ListValue content = new([.. parts.Items.Take(at), part, .. parts.Items.Skip(at + 1)]);
        return new FinalMessage(WithContent(messages, content, meter), text.Text);
    }

    private static int? LastText(ListValue parts)
    {
        StringValue key = new("text");
        int at = parts.Items.Count - 1;
        while (at >= 0 && (parts.Items[at] as DictValue)?.Find(key) is not StringValue)
        {
            at--;
        }

        return at < 0 ? null : at;
    }

    private static ListValue WithContent(ListValue messages, Value content, Meter meter) =>
        new([.. messages.Items.SkipLast(1), With((DictValue)messages.Items[^1], "content", content, meter)]);

    private static DictValue With(DictValue dict, string key, Value value, Meter meter)
    {
        DictValue changed = new(meter);
        foreach ((Value name, Value old) in dict.Entries)
        {
            changed.Put(name, old);
        }

        changed.Put(new StringValue(key), value);
        return changed;
    }
}
