-- Starts the language server of rse for the current buffer of Neovim.

local M = {}

-- Command lines that start the server; set it before the first file is opened.
M.command = { 'rse', 'lsp' }

local client

function M.start()
  local buffer = vim.api.nvim_get_current_buf()
  local name = vim.api.nvim_buf_get_name(buffer)
  local root = name ~= '' and vim.fn.fnamemodify(name, ':p:h') or vim.fn.getcwd()
  if vim.lsp.start then
    vim.lsp.start({ name = 'rse', cmd = M.command, root_dir = root }, {
      reuse_client = function(other) return other.name == 'rse' end,
    })
    return
  end
  -- Neovim before 0.8
  if not (client and vim.lsp.get_client_by_id(client)) then
    client = vim.lsp.start_client({ name = 'rse', cmd = M.command, root_dir = root })
  end
  if client then
    vim.lsp.buf_attach_client(buffer, client)
    vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  end
end

return M
