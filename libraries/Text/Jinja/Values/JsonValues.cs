using System.Globalization;
using System.Numerics;
using System.Text.Json;
using DaprMoE.Text.Jinja.Evaluation;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>Makes values of JSON; a number is an integer unless its text has a point or an exponent.</summary>
internal static class JsonValues
{
    public static Value Of(JsonElement element, Meter meter)
    {
        meter.Step();
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return Dict(element, meter);
            case JsonValueKind.Array:
                meter.Enter();
                meter.Items(element.GetArrayLength());
                ListValue list = new([.. element.EnumerateArray().Select(item => Of(item, meter))]);
                meter.Leave();
                return list;
            case JsonValueKind.String:
                return Text(() => element.GetString()!, meter);
            case JsonValueKind.Number:
                return Number(element.GetRawText());
            case JsonValueKind.True:
                return BoolValue.True;
            case JsonValueKind.False:
                return BoolValue.False;
            default:
                return NoneValue.Instance;
        }
    }

    private static DictValue Dict(JsonElement element, Meter meter)
    {
        meter.Enter();
        DictValue dict = new(meter);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            meter.Items(1);
            dict.Put(Text(() => property.Name, meter), Of(property.Value, meter));
        }

        meter.Leave();
        return dict;
    }

    private static StringValue Text(Func<string> read, Meter meter)
    {
        try
        {
            string text = read();
            meter.Text(text.Length);
            return new StringValue(text);
        }
        catch (InvalidOperationException)
        {
            throw new JinjaException("a text of the conversation has half of a surrogate pair, which is no character");
        }
    }

    private static Value Number(string text)
    {
        if (text.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            return new FloatValue(double.Parse(text, CultureInfo.InvariantCulture));
        }

        IntValue.RefuseBits(text.Length * 3.3);
        return IntValue.Of(BigInteger.Parse(text, CultureInfo.InvariantCulture));
    }
}
