using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DaprMoE.Dashboard;

/// <summary>The heat map's picture. It is drawn by the browser, at each tick that changes it, and is never rendered again.</summary>
public sealed partial class HeatMapCanvas
{
    private const string Module = "./_content/DaprMoE.Dashboard/heat-map.js";

    private ElementReference _canvas;
    private IJSObjectReference? _picture;
    private DotNetObjectReference<HeatMapCanvas>? _self;
    private IDisposable? _watching;
    private HeatMapFrame? _drawn;
    private int _isDrawing;

    /// <summary>What it is called for those who don't see it.</summary>
    [Parameter]
    [EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Id of the element that describes the chosen expert.</summary>
    [Parameter]
    public string DescribedBy { get; set; } = "";

    /// <summary>The viewer chose an expert, by row and column.</summary>
    [Parameter]
    public EventCallback<(int Row, int Column)> Selected { get; set; }

    /// <summary>Called by the picture.</summary>
    [JSInvokable]
    public Task Select(int row, int column) => InvokeAsync(() => Selected.InvokeAsync((row, column)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _watching?.Dispose();
        try
        {
            if (_picture is not null)
            {
                await _picture.InvokeVoidAsync("dispose");
                await _picture.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and its picture with it.
        }

        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => false;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        await using IJSObjectReference module = await Script.InvokeAsync<IJSObjectReference>("import", Module);
        _picture = await module.InvokeAsync<IJSObjectReference>("attach", _canvas, _self);
        if (Sampler.Latest is { } latest)
        {
            await DrawAsync(latest);
        }

        _watching = Sampler.Watch(tick => _ = InvokeAsync(() => DrawAsync(tick)));
    }

    // A browser that is slower than the ticks misses some of them.
    private async Task DrawAsync(DashboardTick tick)
    {
        if (tick.Frame is not { } frame || _drawn?.LooksLike(frame) == true || Interlocked.Exchange(ref _isDrawing, 1) == 1)
        {
            return;
        }

        try
        {
            string[] labels = [.. tick.Snapshot.Experts.Value!.Layers.Select(layer => $"L{layer.Layer}")];
            await _picture!.InvokeVoidAsync("draw", frame.Rows, frame.Columns, labels, frame.Cells);
            _drawn = frame;
        }
        catch (Exception exception) when (exception is JSDisconnectedException or ObjectDisposedException or TaskCanceledException)
        {
            _watching?.Dispose();
        }
        finally
        {
            Volatile.Write(ref _isDrawing, 0);
        }
    }
}
