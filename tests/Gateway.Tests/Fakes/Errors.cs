using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace DaprMoE.Gateway.Tests;

/// <summary>Checks answers that are errors.</summary>
internal static class Errors
{
    /// <summary>The envelope, whole and with the right status.</summary>
    public static async Task<ErrorBody> ReadAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return Read(body);
    }

    /// <summary>The envelope.</summary>
    public static ErrorBody Read(JsonElement body)
    {
        JsonElement error = Assert.Single(body.EnumerateObject()).Value;
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(property => property.Name));
        return new(
            error.GetProperty("message").GetString()!, error.GetProperty("type").GetString()!,
            error.GetProperty("param").GetString(), error.GetProperty("code").GetString()!);
    }
}

/// <summary>The content of an envelope.</summary>
internal sealed record ErrorBody(string Message, string Type, string? Param, string Code);
