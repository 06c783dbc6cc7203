using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary><c>GET /v1/bill</c>.</summary>
internal sealed class BillEndpoint(ModelHost host)
{
    private const string Parameter = "experts";
    private const int MostExperts = 1_000_000;

    public async Task GetAsync(HttpContext context)
    {
        int experts = Experts(context.Request.Query[Parameter]);
        ServedModel model = host.Require(null);
        BillReport report = model.Bill.Read(experts) with { Model = model.Id };
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, report, BillJson.Default.BillReport, context.RequestAborted);
    }

    private static int Experts(string? text)
    {
        if (text is null)
        {
            return BillReport.DefaultExperts;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int experts) && experts <= MostExperts
            ? experts
            : throw ApiErrors.InvalidValue(Parameter, text, $"a whole number from 0 to {MostExperts}");
    }
}
